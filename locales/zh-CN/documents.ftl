documents-title = 资料
