<?php

namespace Acme;

final class Record
{
    private string $title;

    public function __construct(string $title)
    {
        $this->title = $title;
    }

    public function title(): string
    {
        return $this->title;
    }
}

final class Records
{
    private array $records = [];

    public function add(int $id, string $title): void
    {
        $this->records[$id] = new Record($title);
    }

    public function find(int $id): ?Record
    {
        return $this->records[$id] ?? null;
    }
}
