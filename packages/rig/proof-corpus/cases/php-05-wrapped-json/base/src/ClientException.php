<?php

namespace Acme;

final class ClientException extends \RuntimeException
{
}
