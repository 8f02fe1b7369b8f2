registration-title = 注册登记
conflict-registration-running = 该公司已有一份正在办理的登记。
