"""English: days as Django writes them for Britain, hours from 0 to 24 as on a service desk's clock."""

TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j M Y, H:i"
