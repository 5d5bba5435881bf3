#[derive(Debug, PartialEq)]
pub struct Address {
    pub host: String,
    pub port: u16,
}

/// Reads host:port; the port is 80 if there is none.
pub fn parse(text: &str) -> Address {
    let (host, port) = match text.split_once(':') {
        Some((host, text)) => (host, port(text)),
        None => (text, 80),
    };
    Address { host: host.to_string(), port }
}

fn port(text: &str) -> u16 {
    text.parse().expect("a port")
}
