candidates-title = Candidates
