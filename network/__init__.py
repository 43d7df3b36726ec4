"""Network: the directory of authorities. Members, calls and agenda come with the room's opening."""
