console.error("No App is set up, so that nothing may ask for its token.");
process.exit(1);
