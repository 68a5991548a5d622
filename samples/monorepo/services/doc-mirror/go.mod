module larkfield.example/doc-mirror

go 1.23
