documents-title = Documents
