ANALYZE documents;
