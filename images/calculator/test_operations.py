import unittest

import operations


class Operations(unittest.TestCase):
    def test_each(self):
        self.assertEqual([operation(6, 3) for operation in operations.ALL], [9, 3, 18, 2])

    def test_nothing_is_divided_by_zero(self):
        with self.assertRaises(ValueError):
            operations.divide(1, 0)

    def test_models_are_told_what_each_does(self):
        # The names, the types and the first line are what a model sees of a tool.
        for operation in operations.ALL:
            self.assertTrue(operation.__doc__, operation)
            self.assertEqual(set(operation.__annotations__), {"a", "b", "return"}, operation)


if __name__ == "__main__":
    unittest.main()
