"""A coordinator changes the rules: load, decide, save; all in one transaction.

The way of a change, for the console:

1. `work.draft(tx, county)` is the county's draft, or `work.begin(tx, county, by, now)` makes one of what is published.
2. `work.edit(tx, asked, lambda rules: edits.move(rules, "rbk_debt", 3))` with any function of `bot.routing.edits`
   (a rule from a form: `read_cells(form, work.terms[county], "Regel 3")`). The answer is the new `Draft`, `Faulty` with
   German sentences, or `Overtaken` with what somebody else has changed since.
3. `work.prove(draft.rules)` says what is still wrong, `work.changes(tx, draft)` what would be different.
   `work.simulate_last(tx, draft.rules)` and `work.simulate_sample(tx, draft.rules)` say who would go elsewhere
   (`bot.routing.sankey.picture` draws it), `bot.rulework.hints.hints(draft.rules)` what may be published and still
   deserves a look.
4. `work.publish(tx, asked, published, reason)` makes it count for everybody who begins a conversation from now on.
   `work.roll_back(...)` publishes an older version again. `work.history(tx, county)` has every version.

`asked.revision` is the revision of the draft, and `published` the number of the version, that the colleague saw.
"""
