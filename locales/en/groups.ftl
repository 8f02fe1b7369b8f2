# Groups of companies
