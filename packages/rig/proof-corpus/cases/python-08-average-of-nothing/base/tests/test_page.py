import unittest

from ratings.page import render


class RenderTest(unittest.TestCase):
    def test_shows_stars(self):
        self.assertEqual(render("Tea", [4, 5, 3]), "Tea **** (3)")
