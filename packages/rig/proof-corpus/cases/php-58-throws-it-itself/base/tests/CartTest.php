<?php

use Acme\Cart;
use PHPUnit\Framework\TestCase;

final class CartTest extends TestCase
{
    public function testAddsLines(): void
    {
        self::assertSame(7.5, Cart::sum([['price' => '2.50', 'count' => 3]]));
    }
}
