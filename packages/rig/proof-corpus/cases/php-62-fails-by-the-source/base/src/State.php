<?php

namespace Acme;

final class State
{
    public const PAID = 'paid';
    public const OPEN = 'open';
}
