pub mod report;

/// How many pages a number of rows takes.
pub fn pages(rows: usize, per_page: usize) -> usize {
    rows / per_page
}
