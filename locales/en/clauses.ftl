# What all rooms of clauses say.
layout-clauses = Clauses
layout-clause-coverage = Clause coverage
supplier-tab-clauses = Clauses
portal-clauses = Clauses
clause-status-draft = Draft
clause-status-reviewed = Reviewed
clause-status-published = Published
clause-status-discarded = Discarded
clause-whom-all = Every supplier
clause-whom-some = Some suppliers
clause-whom-nobody = Whoever likes to
clause-standing-signed = Signed
clause-standing-must_sign = Must sign
clause-standing-must_sign_again = Must sign again
clause-standing-excepted = Excepted
clause-standing-not_asked = Not asked
signature-method-electronic = Signed electronically
signature-method-paper = Signed on paper
# Clauses and their versions.
clauses-sub = What companies sign, in both languages, version by version
clauses-none = No clauses yet
clauses-none-body = Begin with five clauses: against bribery, against money laundering, on sustainable development, information security and labour rights. They are drafts in both languages for a lawyer to settle; nothing is published.
clauses-begin = Begin with the five clauses
clauses-begin-rest = Add them as drafts
clauses-missing = { $n ->
    [one] One of the five clauses to begin with is not here.
   *[other] { $n } of the five clauses to begin with are not here.
}
clause-new = New clause
clause-draft = Draft a version
clause-draft-for = Draft a version of { $name }
clause-edit = Edit the draft
clause-save-draft = Save as a draft
clause-name = Clause
clause-who = Who must sign
clause-who-hint = With “some suppliers”, whoever any of the points below applies to must sign.
clause-version = Version { $n }
clause-since = since { $day }
clause-from = from { $day }
clause-since-day = In force since { $day }.
clause-from-day = From { $day } on.
clause-not-in-force = Not in force
clause-phase-draft = Draft
clause-phase-reviewed = Reviewed
clause-phase-coming = To come
clause-phase-in_force = In force
clause-phase-past = Replaced
clause-phase-discarded = Given up
clause-some-of = { $who }: { $reasons }
clause-or = {" "}or{" "}
clause-duty-data_access = those that touch our data
clause-duty-area = those in { $area }
clause-duty-category = those that offer { $category }
clause-text = Text
clause-both = Both languages
clause-none-published = No version is published yet.
clause-see-draft = See the draft
clause-none-drafted = There is no text yet. Draft a version; a legal officer reviews it, then somebody publishes it.
clause-nobody-yet = Nobody yet: no version is published.
clause-versions = Versions
clause-changes = What changed
clause-download = Text as a file
clause-about = About this version
clause-first-day = First day
clause-first-day-hint = Today or later, and after the first day of the last version. Companies can sign before it.
clause-planned = Planned first day
clause-planned-hint = Who publishes it decides on the day.
clause-note = What is new
clause-note-hint = For those who sign again: what changed since they signed.
clause-drafted = Drafted
clause-reviewed = Reviewed
clause-published = Published
clause-again = Must sign again
clause-again-number = { $n ->
    [0] No company that signed an earlier version would have to sign again.
    [one] { $n } company that signed an earlier version has to sign again.
   *[other] { $n } companies that signed an earlier version have to sign again.
}
clause-ended-by = Given up by { $who }.
clause-returned-by = Returned by { $who }:
clause-not-whole = A text is not the one that its SHA-256 was made of. Do not use it; have the database looked at.
clause-review = Review of the wording
clause-review-what = Read both languages. They must say the same, and be right in law. Who finds them right has had no part in writing them.
clause-return-what = It has been reviewed. It can still be returned as long as it is not published.
clause-review-right = The wording is right
clause-return = Return it
clause-comment = Comment
clause-comment-hint = Needed when you return it: what is to be changed.
clause-publish = Publish
clause-publish-what = A published version is not edited any more; the next one takes its place on its day. Companies are asked to sign under coverage.
clause-end-discarding = Give the draft up
clause-end-withdrawal = Take it back before its day
clause-edit-reviewed = This draft has been reviewed. Once you change it, it has to be reviewed again.
clause-code = Code
clause-code-hint = Short and stable: lower-case letters, digits and underscores, for example anti_bribery. Access standards and programs name the clause by it.
clause-name-en = Name in English
clause-name-zh = Name in Chinese
clause-text-en = Text in English
clause-text-zh = Text in Chinese
clause-texts-hint = In Markdown: headings with #, lists with - or 1., **bold** and *italic*. Links, pictures and HTML are shown as plain text. At most 60,000 characters each.
clause-data-access = Companies that touch our data
clause-data-access-hint = Those for which it is recorded that they do.
clause-areas = Companies in these places
clause-categories = Companies that offer these categories, or one below
clause-chosen = { $n ->
    [0] None chosen
   *[other] { $n } chosen
}
clause-same = Nothing changed in this language.
clause-skipped = { $n ->
    [one] … one unchanged line …
   *[other] … { $n } unchanged lines …
}
clause-removed = Removed:
clause-added = Added:
clause-compared = From version { $before } to version { $after }
clause-against = Compare with
clause-compare = Compare
clause-choose-version = Choose a version
clause-choose-to-compare = Choose the version to compare with.
clause-only-version = There is no other version to compare with.
clause-legend = How to read it:
clause-legend-removed = struck through: removed
clause-legend-added = underlined: added
done-clauses-begun = The clauses are there as drafts. Have a lawyer settle them, then have them reviewed.
done-clause-created = The clause and the draft of its first version are saved. A legal officer reviews it next.
done-clause-drafted = The draft is saved. A legal officer reviews it next.
done-clause-edited = The draft is changed. A legal officer reviews it next.
done-clause-reviewed = The wording is reviewed. Somebody who had no part in writing it can publish it now.
done-clause-returned = The draft is returned with your comment.
done-clause-published = Published. It must be signed from { $what } on; companies can sign it now.
done-clause-discarded = The draft is given up.
done-clause-withdrawn = The version is taken back.
conflict-clause-stands = This version is not in the state for that any more. A published version is not changed: draft the next one.
conflict-clause-draft = This clause has a draft already. Edit that one, or give it up first.
conflict-clause-unreviewed = A legal officer has to review the wording before it is published.
refused-own-clause = You had a part in writing this draft. Somebody else has to decide about it.
problem-clause_code = Enter a code that begins with a lower-case letter and has lower-case letters, digits and underscores only, at most 40, for example anti_bribery.
problem-clause_code_taken = Another clause has this code. Choose another code, or draft a version of that clause.
problem-clause_whom = Choose who must sign.
problem-no_duty = Say which suppliers must sign: choose at least one point below.
problem-clause_hidden = The text has invisible characters. Paste it as plain text, or type those places anew.
home-kind-clause_review = Review the wording of a clause
home-kinds-clause_review = Clauses to review
home-kind-clause_publication = Publish a clause
home-kinds-clause_publication = Clauses to publish
home-kind-clause_returned = Change a clause that was returned
home-kinds-clause_returned = Clauses returned to you
