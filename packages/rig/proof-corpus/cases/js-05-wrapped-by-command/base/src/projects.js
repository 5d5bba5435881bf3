"use strict";

function projectsOf(reply) {
  return reply.insights.projects.filter((project) => project.enabled).map((project) => project.id);
}

module.exports = { projectsOf };
