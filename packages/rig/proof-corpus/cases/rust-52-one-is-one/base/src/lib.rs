mod version;

pub use version::version;

pub fn describe(name: &str, text: &str) -> String {
    let (major, minor) = version(text);
    format!("{name} {major}.{minor}")
}
