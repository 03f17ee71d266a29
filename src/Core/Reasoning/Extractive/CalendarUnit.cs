namespace Kith.Core.Reasoning.Extractive;

/// <summary>How exactly a date is known.</summary>
internal enum CalendarUnit
{
    Day,
    Week,
    Weekend,
    Month,
    Year,
    Spring,
    Summer,
    Autumn,
    Winter,
}
