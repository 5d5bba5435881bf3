use ports::parse;

#[test]
fn reads_addresses() {
    for (text, host, port) in [("example.com", "example.com", 80), ("localhost:8080", "localhost", 8080)] {
        let address = parse(text);
        assert_eq!((address.host.as_str(), address.port), (host, port));
    }
}
