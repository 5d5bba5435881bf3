<?php

use Acme\Subject;
use PHPUnit\Framework\TestCase;

final class SubjectTest extends TestCase
{
    public function testIsCut(): void
    {
        self::assertSame('Order', Subject::short('Order 17', 5));
    }
}
