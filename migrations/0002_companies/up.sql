-- Companies that are known: how their names are searched.

-- Texts that names are found by have a new form: the program rewrites those that there are when it
-- opens the register. The value is the number of the last supplier done.
INSERT INTO settings (name, value) SELECT 'search_text', '0' WHERE EXISTS (SELECT 1 FROM suppliers);
-- Rows of lists that were looked over but not confirmed hold the old form.
UPDATE imports SET status = 'failed',
    failure = '{"field":"file","code":"import_interrupted","args":[]}'
WHERE status IN ('reading', 'ready', 'confirming');
