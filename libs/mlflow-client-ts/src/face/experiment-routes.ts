import type { ViewType } from '../api/experiments.js';
import type { StoreMethods } from '../api/mlflow-client.js';
import { invalidValue, notFound } from '../faults.js';
import { jsonHandler, type Handler } from './call.js';
import { anyText, optionalChoice, optionalText, requiredText, textList, textPairs } from './fields.js';
import type { Message } from './message.js';
import { pageOf } from './pages.js';
import { datasetSummaryAnswer, experimentAnswer, listAnswer, pageAnswer } from './wire-answers.js';

/** The kinds of things to find, in the order in which protocol buffers number them. */
export const viewTypes: readonly ViewType[] = ['ACTIVE_ONLY', 'DELETED_ONLY', 'ALL'];

type ExperimentEndpoint =
  | 'createExperiment'
  | 'searchExperiments'
  | 'searchExperimentsByGet'
  | 'getExperiment'
  | 'getExperimentByName'
  | 'deleteExperiment'
  | 'restoreExperiment'
  | 'updateExperiment'
  | 'setExperimentTag'
  | 'deleteExperimentTag'
  | 'searchDatasets';

/** The endpoints of experiments. */
export function experimentRoutes(store: StoreMethods): Record<ExperimentEndpoint, Handler> {
  const search = jsonHandler((message) => searchExperiments(store, message));
  return {
    createExperiment: jsonHandler(async (message) => ({ experiment_id: await createExperiment(store, message) })),
    searchExperiments: search,
    searchExperimentsByGet: search,
    getExperiment: jsonHandler(async (message) => {
      const experiment = await store.getExperiment(requiredText(message, 'experiment_id'));
      return { experiment: experimentAnswer(experiment) };
    }),
    getExperimentByName: jsonHandler(async (message) => {
      const name = requiredText(message, 'experiment_name');
      const experiment = await store.findExperimentByName(name);
      if (experiment === undefined) throw notFound(`Cannot find experiment "${name}": there is none of that name`);
      return { experiment: experimentAnswer(experiment) };
    }),
    deleteExperiment: changeExperiment((id) => store.deleteExperiment(id)),
    restoreExperiment: changeExperiment((id) => store.restoreExperiment(id)),
    updateExperiment: changeExperiment((id, message) => store.renameExperiment(id, requiredText(message, 'new_name'))),
    setExperimentTag: changeExperiment((id, message) =>
      store.setExperimentTag(id, requiredText(message, 'key'), anyText(message, 'value')),
    ),
    deleteExperimentTag: changeExperiment((id, message) => store.deleteExperimentTag(id, requiredText(message, 'key'))),
    searchDatasets: jsonHandler(async (message) => {
      const summaries = await store.searchDatasets(textList(message, 'experiment_ids'));
      return listAnswer('dataset_summaries', summaries.map(datasetSummaryAnswer));
    }),
  };
}

function changeExperiment(change: (experimentId: string, message: Message) => Promise<void>): Handler {
  return jsonHandler(async (message) => {
    await change(requiredText(message, 'experiment_id'), message);
    return {};
  });
}

const isServedByFace = /^(?:file:|mlflow-artifacts:|[/\\.]|[a-z]:[/\\]|[^:]*$)/i;

async function createExperiment(store: StoreMethods, message: Message): Promise<string> {
  const name = requiredText(message, 'name');
  const artifactLocation = optionalText(message, 'artifact_location');
  // Clients could write to any folder of this machine otherwise.
  if (artifactLocation !== undefined && isServedByFace.test(artifactLocation)) {
    throw invalidValue(
      `Cannot create experiment "${name}" with artifacts at "${artifactLocation}": this server keeps files in its store; leave artifact_location out, or name a storage that clients reach by themselves`,
      { artifactLocation },
    );
  }
  return store.createExperiment({
    name,
    tags: textPairs(message, 'tags'),
    ...(artifactLocation !== undefined && { artifactLocation }),
  });
}

async function searchExperiments(store: StoreMethods, message: Message): Promise<object> {
  const filter = optionalText(message, 'filter');
  const viewType = optionalChoice(message, 'view_type', viewTypes);
  const found = store.searchExperiments({
    orderBy: textList(message, 'order_by'),
    ...(filter !== undefined && { filter }),
    ...(viewType !== undefined && { viewType }),
  });
  const page = await pageOf(found, message, { byDefault: 1000, atMost: 50_000 });
  return pageAnswer('experiments', page, experimentAnswer);
}
