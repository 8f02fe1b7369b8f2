# What a company was
history-title = History
history-sub = Every change of this company, newest first: who, what and why.
history-change = Before → after
history-why = Why
history-none = No changes yet
history-none-body = The company stands as it came into the register. Each change will be listed here.
history-past = As on a past day
history-as-at = As at
history-show = Show
history-on = as at { $date }
history-banner = You see the company as it was at the end of { $date } (UTC).
history-today = Back to today
history-whole = See the history
history-none-then = None on that day.
history-not-yet = Not in the register yet
history-not-yet-body = On this day the register did not know the company. Choose a later day, or see in the history when it came in.
