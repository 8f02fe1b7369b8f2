registration-title = Registration
conflict-registration-running = A registration of this company is already under way.
