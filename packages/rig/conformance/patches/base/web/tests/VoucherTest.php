<?php

use PHPUnit\Framework\TestCase;
use Shop\Voucher;

final class VoucherTest extends TestCase
{
    public function testValue(): void
    {
        $this->assertSame(5, (new Voucher(['A' => ['value' => 5]]))->value('A'));
    }

    public function testLoad(): void
    {
        $this->assertSame(['a' => 1], (new Voucher([]))->load('{"a":1}'));
    }
}
