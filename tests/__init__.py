"""The tests of CLAVET; they mirror the apps."""
