needs-title = 采购需求
