<?php

use Acme\Client;
use Acme\ClientException;
use PHPUnit\Framework\TestCase;

final class ClientTest extends TestCase
{
    public function testReadsTheBody(): void
    {
        $client = new Client(static fn () => '{"id":1}');
        self::assertSame(['id' => 1], $client->send('GET', '/orders/1'));
    }

    public function testNamesTheRequestThatFailed(): void
    {
        $this->expectException(ClientException::class);
        $this->expectExceptionMessage('GET /orders/1 failed');
        (new Client(static fn () => '<html>'))->send('GET', '/orders/1');
    }
}
