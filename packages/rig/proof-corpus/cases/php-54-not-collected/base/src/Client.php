<?php

namespace Acme;

final class Client
{
    /** @var callable(string, string): string */
    private $transport;

    public function __construct(callable $transport)
    {
        $this->transport = $transport;
    }

    public function send(string $method, string $path): mixed
    {
        try {
            return Decoder::decode(($this->transport)($method, $path));
        } catch (\Exception $e) {
            throw new ClientException("$method $path failed", 0, $e);
        }
    }
}
