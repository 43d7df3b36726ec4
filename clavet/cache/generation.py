from itertools import count

N = count()


def current():
    return next(N)


def bump():
    pass
