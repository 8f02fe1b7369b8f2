# 报表中的两个余项
region-outside = 方案范围以外
region-unresolved = 地区待核实
