global using Kith.Client.Filtering;
global using Kith.Client.Models;
