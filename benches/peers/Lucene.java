import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.Facets;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsCollectorManager;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.LabelAndValue;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/** Lucene: sorted-set doc values with global ordinals, each facet in a field of its own; one segment. */
final class Lucene {
    private static final String[] FACETS = {
        "person", "country", "source", "speaker", "credit", "language", "subject"
    };
    /** Rounds before those that count: the compiler has then seen the mix. */
    private static final int WARM_UP = 5;

    private final IndexSearcher searcher;
    private final SortedSetDocValuesReaderState[] states = new SortedSetDocValuesReaderState[FACETS.length];

    private Lucene(DirectoryReader reader) throws IOException {
        searcher = new IndexSearcher(reader);
        // As dateline: no cache of whole results.
        searcher.setQueryCache(null);
        FacetsConfig config = config();
        for (int at = 0; at < FACETS.length; at++) {
            states[at] = new DefaultSortedSetDocValuesReaderState(reader, column(FACETS[at]), config);
        }
    }

    private record Asked(String[] words, String[] filters, String[] facets, String expected) {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        List<Asked> mix = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("queries.tsv"))) {
            String[] cells = line.split("\t", -1);
            String[] filters = cells[1].isEmpty() ? new String[0] : cells[1].split("\\|");
            mix.add(new Asked(cells[0].split(" "), filters, cells[2].split("\\|"), cells[3] + "\t" + cells[4]));
        }
        Path index = folder.resolve("lucene");
        build(index, folder.resolve("stories.tsv"));
        try (Directory directory = new MMapDirectory(index); DirectoryReader reader = DirectoryReader.open(directory)) {
            run(new Lucene(reader), mix, folder);
        }
    }

    private static void run(Lucene lucene, List<Asked> mix, Path folder) throws IOException {
        String given = System.getenv("ROUNDS");
        int rounds = WARM_UP + (given == null ? 3 : Integer.parseInt(given));
        double[] best = new double[mix.size()];
        Arrays.fill(best, Double.MAX_VALUE);
        int unequal = 0;
        for (int round = 0; round < rounds; round++) {
            for (int at = 0; at < best.length; at++) {
                long start = System.nanoTime();
                String found = lucene.ask(mix.get(at));
                double took = (System.nanoTime() - start) / 1e6;
                if (round == 0 && !found.equals(mix.get(at).expected())) {
                    unequal++;
                    System.out.println("lucene: " + found + " for " + mix.get(at).expected());
                }
                best[at] = round < WARM_UP ? best[at] : Math.min(best[at], took);
            }
        }
        Arrays.sort(best);
        String json = String.format(
            Locale.ROOT,
            "{\"p50_ms\": %f, \"p99_ms\": %f, \"mean_ms\": %f, \"queries\": %d, \"unequal\": %d}%n",
            best[best.length / 2],
            best[Math.min((int) (best.length * 0.99), best.length - 1)],
            Arrays.stream(best).average().orElse(0),
            best.length,
            unequal);
        Files.writeString(folder.resolve("lucene.json"), json);
    }

    private static String column(String facet) {
        return facet + "_column";
    }

    private static FacetsConfig config() {
        FacetsConfig config = new FacetsConfig();
        for (String facet : FACETS) {
            config.setMultiValued(facet, true);
            config.setIndexFieldName(facet, column(facet));
        }
        return config;
    }

    private static void build(Path index, Path stories) throws IOException {
        FacetsConfig config = config();
        IndexWriterConfig options = new IndexWriterConfig(new WhitespaceAnalyzer());
        options.setOpenMode(IndexWriterConfig.OpenMode.CREATE).setRAMBufferSizeMB(256);
        try (Directory directory = new MMapDirectory(index);
            IndexWriter writer = new IndexWriter(directory, options);
            BufferedReader lines = Files.newBufferedReader(stories)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split("\t", -1);
                Document document = new Document();
                document.add(new StoredField("n", cells[0]));
                document.add(new TextField("headline", cells[1], Field.Store.NO));
                document.add(new TextField("body", cells[2], Field.Store.NO));
                for (int at = 0; at < FACETS.length; at++) {
                    for (String value : cells[3 + at].split("\\|")) {
                        if (!value.isEmpty()) {
                            document.add(new StringField(FACETS[at], value, Field.Store.NO));
                            document.add(new SortedSetDocValuesFacetField(FACETS[at], value));
                        }
                    }
                }
                writer.addDocument(config.build(document));
            }
            writer.forceMerge(1);
        }
    }

    /** The total and the highest counts, written as the right ones are. */
    private String ask(Asked asked) throws IOException {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (String word : asked.words()) {
            Query headline = new BoostQuery(new TermQuery(new Term("headline", word)), 2.5f);
            Query body = new TermQuery(new Term("body", word));
            all.add(new BooleanQuery.Builder().add(headline, Occur.SHOULD).add(body, Occur.SHOULD).build(), Occur.MUST);
        }
        for (String filter : asked.filters()) {
            String[] parts = filter.split("=", 2);
            all.add(new TermQuery(new Term(parts[0], parts[1])), Occur.FILTER);
        }
        Query query = all.build();
        // A pruned search for the first, and another pass for the counts.
        for (ScoreDoc hit : searcher.search(query, 20).scoreDocs) {
            searcher.storedFields().document(hit.doc);
        }
        FacetsCollector hits = searcher.search(query, new FacetsCollectorManager());
        int total = hits.getMatchingDocs().stream().mapToInt(segment -> segment.totalHits).sum();
        StringBuilder found = new StringBuilder().append(total).append('\t');
        for (int at = 0; at < asked.facets().length; at++) {
            if (at > 0) {
                found.append('|');
            }
            String facet = asked.facets()[at];
            Facets counts = new SortedSetDocValuesFacetCounts(states[Arrays.asList(FACETS).indexOf(facet)], hits);
            FacetResult top = counts.getTopChildren(10, facet);
            for (int place = 0; top != null && place < top.labelValues.length; place++) {
                LabelAndValue value = top.labelValues[place];
                found.append(place > 0 ? "," : "").append(value.value.intValue());
            }
        }
        return found.toString();
    }
}
