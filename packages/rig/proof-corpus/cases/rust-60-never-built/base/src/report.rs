use crate::pages;

pub fn check(id: u32, rows: usize, per_page: usize) -> Result<usize, String> {
    let shown = (pages(rows, per_page) * per_page).min(rows);
    if shown < rows {
        return Err(format!("report {id} shows {shown} of {rows} rows"));
    }
    Ok(shown)
}
