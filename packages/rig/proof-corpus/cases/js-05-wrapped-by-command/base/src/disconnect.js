"use strict";

const { projectsOf } = require("./projects");

class CommandError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = "CommandError";
  }
}

async function disconnect(api, name) {
  try {
    const reply = await api.read(name);
    const projects = projectsOf(reply);
    await api.remove(name, projects);
    return projects.length;
  } catch (error) {
    throw new CommandError(`cannot disconnect ${name}`, { cause: error });
  }
}

module.exports = { disconnect, CommandError };
