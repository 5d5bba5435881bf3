from ratings.numbers import mean


def stars(ratings):
    return "*" * round(mean(ratings))
