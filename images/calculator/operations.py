"""What the calculator can do."""


def add(a: int, b: int) -> int:
    """Adds two whole numbers."""
    return a + b


def subtract(a: int, b: int) -> int:
    """Subtracts the second whole number from the first."""
    return a - b


def multiply(a: int, b: int) -> int:
    """Multiplies two whole numbers."""
    return a * b


def divide(a: float, b: float) -> float:
    """Divides the first number by the second, which must not be zero."""
    if b == 0:
        raise ValueError("a number cannot be divided by zero")
    return a / b


ALL = (add, subtract, multiply, divide)
