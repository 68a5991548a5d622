/// The tool's version (Semantic Versioning 2.0.0).
let toolVersion = "0.1.0"
