<?php

namespace Acme;

final class Mailer
{
    public function send(string $subject): string
    {
        if (preg_match('//u', $subject) !== 1) {
            throw new \RuntimeException('subject is not UTF-8');
        }
        return "Subject: $subject";
    }
}
