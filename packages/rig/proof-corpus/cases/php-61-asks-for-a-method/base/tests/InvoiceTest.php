<?php

use Acme\Invoice;
use PHPUnit\Framework\TestCase;

final class InvoiceTest extends TestCase
{
    public function testSaysThanks(): void
    {
        self::assertSame('Invoice: Paid, thank you', (new Invoice('paid'))->line());
    }
}
