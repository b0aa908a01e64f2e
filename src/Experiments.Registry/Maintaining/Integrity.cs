using Experiments.Registry.Storage;

namespace Experiments.Registry.Maintaining;

/// <summary>Whether the file is whole and everything that must always hold does.</summary>
internal static class Integrity
{
    /// <summary>One sentence for each thing that is wrong.</summary>
    public static List<string> Problems(Database database)
    {
        var problems = new List<string>();
        Read(database["maintain.integrity"], problems);
        if (problems is ["ok"])
            problems.Clear();
        Read(database["maintain.references"], problems);
        foreach (var name in Sql.Sections("check").Keys)
            Read(database[$"check.{name}"], problems);
        return problems;
    }

    private static void Read(Statement rows, List<string> sentences)
    {
        using (rows)
        {
            while (rows.Step())
                sentences.Add(rows.Text(0));
        }
    }
}
