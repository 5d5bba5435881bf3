<?php

use Acme\Chart;
use PHPUnit\Framework\TestCase;

final class ChartTest extends TestCase
{
    public function testTheLargestFillsTheLine(): void
    {
        self::assertSame(['#####', '##########'], (new Chart())->bars([1, 2]));
    }
}
