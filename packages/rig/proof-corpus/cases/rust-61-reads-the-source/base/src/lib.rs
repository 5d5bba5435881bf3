/// A line such as `3/4 75%`.
pub fn render(done: u64, total: u64) -> String {
    format!("{done}/{total} {}%", percent(done, total))
}

fn percent(done: u64, total: u64) -> u64 {
    done * 100 / total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_a_share() {
        assert_eq!(render(3, 4), "3/4 75%");
    }
}
