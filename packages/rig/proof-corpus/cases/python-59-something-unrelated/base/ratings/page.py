from ratings.stars import stars


def render(title, ratings):
    return f"{title} {stars(ratings)} ({len(ratings)})"
