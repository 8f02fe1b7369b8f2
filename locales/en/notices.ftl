# Letters, and their log
layout-messages = Letters
notices-title = Letters
messages-lead = What the register wrote to people, newest first.
messages-no-server = No mail server is set up: nothing leaves the register. Letters lie as files in the mail folder, and a letter's link can be opened on its page and passed on.
messages-all = All
messages-show-all = Show all letters
messages-none = No letters yet
messages-none-body = The register writes to people when it invites them, asks something of them or answers them. Each letter is listed here. Send yourself a test to see whether letters arrive.
messages-none-such = No letters in this state
messages-none-such-body = Choose another state, or show all.
message-subject = Subject
message-to = To
message-about = About
message-state = State
message-state-waiting = Waiting
message-state-sent = Sent
message-state-given_up = Given up
message-state-kept = Kept, not sent
message-again = To be tried again
message-written = Written
message-next = Next try
message-tries = Tries
message-last-answer = Last answer of the mail server
message-answer-unreachable = The mail server could not be reached.
message-answer-timeout = The mail server did not answer in time.
message-answer-tls = No protected connection to the mail server could be made.
message-answer-unreadable = The letter could not be made: its key or its texts are not what they were.
message-answer-unwritten = The letter could not be written into the mail folder.
message-text = As text
message-html = As HTML
message-html-show = Show the source
message-link = Link of the letter
message-link-covered = [the link stands here]
message-link-hint = For { $email } only. Whoever has the link can use it: pass it on in a way that nobody else sees.
message-open-link = Open the link
message-retry = Send now
message-trial = Send me a test
done-message-trial = A test letter to you is on its way
done-message-retried = The letter is on its way
conflict-message-sent = This letter was sent. Its link is not kept, so it cannot be sent again: start what it was about anew.
conflict-message-soon = This letter is being sent, or will be within five minutes. Look again then.
conflict-message-no-server = No mail server is set up, so the letter cannot be sent. Set smtp_url, or open its link and pass it on.
conflict-message-has-server = A mail server sends this letter: only the person it is for sees the link.

# What all letters have in common
letter-greeting = Dear { $name },
letter-greeting-nobody = Hello,
letter-open = Open the page
letter-plain = If the button does not work, copy this address into your browser:
letter-sign-off = Kind regards
letter-register = Touchstone, the supplier register
letter-why = You get this letter because your address was given to the supplier register Touchstone. If you expected nothing of the kind, do nothing: without you nothing happens. Links in it are for you alone.
letter-why-company = You get this letter because your address was given to the supplier register Touchstone as that of a person at { $company }. If that is wrong, please tell your contact at the buying company. Links in it are for you alone.

letter-trial-subject = Test letter from the supplier register
letter-trial-body =
    You asked the supplier register for a test letter. It has arrived, so letters to suppliers leave the register as they should.

    The button leads to your account.
message-opened = That you opened this link is in the audit trail.
