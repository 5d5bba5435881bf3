module example.com/heredoc

go 1.22
