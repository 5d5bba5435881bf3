pub fn version(text: &str) -> (u32, u32) {
    let (major, minor) = text.split_once('.').unwrap();
    (major.parse().unwrap_or(0), minor.parse().unwrap_or(0))
}
