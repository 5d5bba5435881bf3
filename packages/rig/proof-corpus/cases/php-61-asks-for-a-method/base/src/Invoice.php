<?php

namespace Acme;

final class Invoice
{
    private string $state;

    public function __construct(string $state)
    {
        $this->state = $state;
    }

    public function line(): string
    {
        return 'Invoice: ' . Label::of($this->state);
    }
}
