ANALYZE identifiers, contacts;
