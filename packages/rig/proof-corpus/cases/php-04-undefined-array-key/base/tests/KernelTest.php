<?php

use Acme\Kernel;
use PHPUnit\Framework\TestCase;

final class KernelTest extends TestCase
{
    public function testReadsHeaders(): void
    {
        self::assertSame(['host' => 'a'], (new Kernel())->headers(['Host: a']));
    }
}
