pub mod fill;
pub mod page;
