//! Compares the hash of an exported file with the one in the register.

use std::env;

const API: &str = "https://api.eu.wdesk.com/platform/v1";

fn operation(id: &str) -> reqwest::Result<serde_json::Value> {
    let version = env::var("WORKIVA_API_VERSION").unwrap_or_else(|_| "2022-01-01".to_string());
    reqwest::blocking::Client::new()
        .get(format!("{API}/operations/{id}"))
        .bearer_auth(env::var("WORKIVA_TOKEN").unwrap_or_default())
        .header("X-Version", version)
        .send()?
        .json()
}

fn main() {
    let id = env::args().nth(1).expect("the id of an operation");
    match operation(&id) {
        Ok(operation) => println!("{}", operation["resourceUrl"]),
        Err(error) => eprintln!("{error}"),
    }
}
